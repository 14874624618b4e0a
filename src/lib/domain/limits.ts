/** Every number that bounds something, with its unit last in the name. */

/** The attendance rule's numbers. In production they are these; tests of the rule may pass others. */
export interface AttendanceLimits {
  /** How often a playing browser reports. */
  readonly heartbeatIntervalMs: number;
  /** A viewing without heartbeat for longer than this is closed at its last heartbeat. */
  readonly leaseTtlMs: number;
  /** How far ahead of the credit keys are released: what can be played while the line is away. */
  readonly lookMs: number;
  /** How far beyond the reported position a run may begin and still count as joined to it. */
  readonly contiguityMs: number;
  /** How long a paused viewing is kept by its heartbeats. */
  readonly maxPauseMs: number;
}

export const ATTENDANCE_LIMITS: AttendanceLimits = {
  heartbeatIntervalMs: 10_000,
  leaseTtlMs: 45_000,
  lookMs: 45_000,
  contiguityMs: 1_500,
  maxPauseMs: 15 * 60_000,
};

export const LIMITS = {
  challengeTtlMs: 2 * 60_000,
  invitationTtlMs: 72 * 3_600_000,
  sessionTtlMs: 12 * 3_600_000,
  certificateMaxBytes: 8_192,
  crlMaxBytes: 64 * 1024 * 1024,
  cardFileMaxBytes: 64 * 1024,
  photoMaxBytes: 4 * 1024 * 1024,
  photoMinSidePx: 240,
  photoMaxSidePx: 8_000,
  uploadMaxBytes: 20 * 1024 ** 3,
  importMaxBytes: 64 * 1024 * 1024,
  importMaxRows: 300_000,
  importMaxFaults: 200,
  captionsMaxBytes: 1024 * 1024,
  videoMinMs: 10_000,
  videoMaxMs: 2 * 3_600_000,
  videoTitleMaxLength: 200,
  lectureTitleMaxLength: 200,
  fileNameMaxLength: 255,
  segmentMs: 6_000,
  /** Any form of words; captions in both languages are the largest. */
  formMaxBytes: 3 * 1024 * 1024,
  textMaxLength: 2_000,
  searchMaxLength: 40,
} as const;
