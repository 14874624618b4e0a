import holidayJp from '@holiday-jp/holiday_jp';

/** 国民の祝日 and the days in lieu of them, as 'YYYY-MM-DD', for domain/renewal/calendar.ts. */
export const HOLIDAYS: ReadonlySet<string> = new Set(Object.keys(holidayJp.holidays));
