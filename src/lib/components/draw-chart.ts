import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
} from 'chart.js';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
);

/** By which series are told apart without colour; lines take theirs by their order. */
const SERIES_LOOKS = ['solid', 'hatched', 'outlined'] as const;

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly number[];
}

export interface ChartContent {
  readonly kind: 'bars' | 'lines';
  /** Bars lie, one below the other: for long labels. */
  readonly isLying: boolean;
  readonly labels: readonly string[];
  /** At most three. */
  readonly series: readonly ChartSeries[];
  /** Where the axis ends; null where the values do. */
  readonly max: number | null;
  /** A value as the axis and the little window say it. */
  readonly say: (value: number) => string;
}

/** From the page: CSS colours, one for each series, and its writing. */
export interface ChartStyle {
  readonly colours: readonly string[];
  readonly ink: string;
  readonly grid: string;
  readonly fontFamily: string;
}

const HATCH_PX = 8;
const FONT_PX = 14;
const POINTS = ['circle', 'triangle', 'rect'] as const;
const DASHES = [[], [6, 4], [2, 3]];

/** Slanted lines on nothing, so that what lies behind stays readable in any colours. */
function hatch(colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = HATCH_PX;
  const pen = tile.getContext('2d');
  if (!pen) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
    pen.moveTo(shift, HATCH_PX);
    pen.lineTo(shift + HATCH_PX, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, 'repeat') ?? colour;
}

function fill(colour: string, index: number): CanvasPattern | string {
  const look = SERIES_LOOKS[index] ?? 'solid';
  if (look === 'outlined') return 'transparent';
  return look === 'hatched' ? hatch(colour) : colour;
}

function datasetOf(kind: ChartContent['kind'], { name, values }: ChartSeries, colour: string, index: number) {
  const shared = { label: name, data: [...values], borderColor: colour, borderWidth: 2 };
  return kind === 'bars'
    ? { ...shared, backgroundColor: fill(colour, index), hoverBackgroundColor: colour, maxBarThickness: 36 }
    : {
        ...shared,
        backgroundColor: index === 0 ? colour : 'transparent',
        pointStyle: POINTS[index] ?? 'circle',
        pointRadius: 3,
        borderDash: DASHES[index] ?? [],
      };
}

/** Draws at once, without movement, and follows the size of the canvas's parent. Answers what takes it away again. */
export function drawChart(canvas: HTMLCanvasElement, content: ChartContent, style: ChartStyle): () => void {
  const { kind, isLying, labels, series, max, say } = content;
  const font = { family: style.fontFamily, size: FONT_PX };
  const values = {
    beginAtZero: true,
    ...(max !== null && { max }),
    ticks: {
      color: style.ink,
      font,
      ...(max === null && { precision: 0 }),
      maxTicksLimit: 6,
      callback: (value: number | string) => say(Number(value)),
    },
    grid: { color: style.grid },
    border: { color: style.ink },
  };
  const names = {
    ticks: { color: style.ink, font, autoSkip: !isLying, maxRotation: 0 },
    grid: { display: false },
    border: { color: style.ink },
  };
  const chart = new Chart(canvas, {
    type: kind === 'bars' ? 'bar' : 'line',
    data: {
      labels: [...labels],
      datasets: series.map((one, index) => datasetOf(kind, one, style.colours[index] ?? style.ink, index)),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: isLying ? 'y' : 'x',
      interaction: { mode: 'index', axis: isLying ? 'y' : 'x', intersect: false },
      scales: isLying ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        tooltip: {
          titleFont: font,
          bodyFont: font,
          callbacks: {
            label: ({ dataset, raw }) => `${dataset.label ?? ''}: ${say(Number(raw))}`,
          },
        },
      },
    },
  });
  const fit = () => chart.resize();
  addEventListener('beforeprint', fit);
  addEventListener('afterprint', fit);
  return () => {
    removeEventListener('beforeprint', fit);
    removeEventListener('afterprint', fit);
    chart.destroy();
  };
}
