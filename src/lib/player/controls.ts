import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** The words of media-chrome, by its own English ones. */
function controlWords(): Record<string, string> {
  return {
    Play: m.player_control_play(),
    play: m.player_control_play(),
    Pause: m.player_control_pause(),
    pause: m.player_control_pause(),
    'Seek backward': m.player_control_back({ seconds: 10 }),
    'seek back {seekOffset} seconds': m.player_control_back({ seconds: '{seekOffset}' }),
    Captions: m.player_control_captions(),
    'Enable captions': m.player_control_captions(),
    'Disable captions': m.player_control_captions(),
    'closed captions': m.player_control_captions(),
    Mute: m.player_control_mute(),
    mute: m.player_control_mute(),
    Unmute: m.player_control_unmute(),
    unmute: m.player_control_unmute(),
    volume: m.player_control_volume(),
    'Enter fullscreen mode': m.player_control_fullscreen(),
    'enter fullscreen mode': m.player_control_fullscreen(),
    'Exit fullscreen mode': m.player_control_exit_fullscreen(),
    'exit fullscreen mode': m.player_control_exit_fullscreen(),
    'playback time': m.player_control_time(),
    '{currentTime} of {totalTime}': m.player_control_time_of({
      currentTime: '{currentTime}',
      totalTime: '{totalTime}',
    }),
    'video not loaded, unknown time.': m.player_control_time_unknown(),
    'video player': m.player_control_video(),
    'media loading': m.player_control_loading(),
    hour: m.player_unit_hour(),
    hours: m.player_unit_hour(),
    minute: m.player_unit_minute(),
    minutes: m.player_unit_minute(),
    second: m.player_unit_second(),
    seconds: m.player_unit_second(),
  };
}

/** Defines the control elements that the player shows, and only those, in the language of the page. */
export async function defineControls(): Promise<void> {
  const { addTranslation, setLanguage } = await import('media-chrome/utils/i18n.js');
  // The elements read their words once, when they are made.
  addTranslation(getLocale(), controlWords());
  setLanguage(getLocale());
  await Promise.all([
    import('media-chrome/media-controller.js'),
    import('media-chrome/media-control-bar.js'),
    import('media-chrome/media-play-button.js'),
    import('media-chrome/media-seek-backward-button.js'),
    import('media-chrome/media-time-display.js'),
    import('media-chrome/media-captions-button.js'),
    import('media-chrome/media-mute-button.js'),
    import('media-chrome/media-volume-range.js'),
    import('media-chrome/media-fullscreen-button.js'),
    import('media-chrome/media-loading-indicator.js'),
  ]);
}
