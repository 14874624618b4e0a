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

/**
 * A line that is away for 40 s costs nothing and is not noticed. From the last heartbeat that was settled to the first one after it:
 * up to 10 s until the line goes (`heartbeatIntervalMs`), 40 s without it, up to 8 s until it is found again (a question that hangs is
 * given up after 5 s, the next follows within 3 s), and the ways of both, 2 s: 60 s, and 5 s to spare. The viewing has to live as long
 * (`leaseTtlMs`), and as much has to be playable (`lookMs`): docs/decisions/0007-a-line-that-is-away.md.
 */
export const ATTENDANCE_LIMITS: AttendanceLimits = {
  heartbeatIntervalMs: 10_000,
  leaseTtlMs: 65_000,
  lookMs: 65_000,
  contiguityMs: 1_500,
  maxPauseMs: 15 * 60_000,
};

export const LIMITS = {
  challengeTtlMs: 2 * 60_000,
  /** From our page to the authentication app, on a phone and with a card to look for, and back. */
  appSignInTtlMs: 10 * 60_000,
  /** From the QR code on one device to the session on it: the phone has to be found, the card read, a number chosen. */
  handOverTtlMs: 10 * 60_000,
  providerTimeoutMs: 10_000,
  providerAnswerMaxBytes: 64 * 1024,
  /** OpenID Connect Core §2 bounds `sub` so. */
  subjectMaxLength: 255,
  nextMaxLength: 500,
  /** From the card host back to ours: one redirect. */
  cardTicketTtlMs: 30_000,
  firstLinkTtlMs: 30 * 60_000,
  /** How long a first link waits for an officer. */
  firstLinkWaitMs: 14 * 24 * 3_600_000,
  firstLinkMaxAttempts: 5,
  firstLinkMaxCandidates: 10,
  invitationTtlMs: 72 * 3_600_000,
  /** A session ends so long after it began, however much it is used … */
  sessionTtlMs: 12 * 3_600_000,
  /** … or so long after its person was last there … */
  sessionIdleMs: { learner: 60 * 60_000, officer: 30 * 60_000 },
  /** … but not before so long after the last heartbeat of a lecture: time for question and photo … */
  sessionLectureGraceMs: 15 * 60_000,
  /** … which may outlive the first limit by so much and no more. */
  sessionLectureExtensionMs: 3 * 3_600_000,
  /** How exactly it is known when a person was last there. */
  lastSeenIntervalMs: 60_000,
  /** Attempts of one kind to sign in, in one window. Many people share a network's address. */
  signInAttemptsPerBrowser: 30,
  signInAttemptsPerNetwork: 300,
  signInWindowMs: 5 * 60_000,
  officerNameMaxLength: 80,
  certificateMaxBytes: 8_192,
  /** A signature in CMS, with the document and certificates in it. */
  cmsMaxBytes: 64 * 1024,
  /** What an operator's tool reads of one file: some hundred certificates. */
  certificateFileMaxBytes: 1024 * 1024,
  crlMaxBytes: 64 * 1024 * 1024,
  ocspMaxBytes: 64 * 1024,
  ocspTimeoutMs: 5_000,
  /** How far a responder's clock may be from ours. */
  ocspSkewMs: 2 * 60_000,
  /** How old an answer may be that does not say when the next one comes. */
  ocspMaxAgeMs: 60 * 60_000,
  /** How often a responder is asked again about a card that is in use: as often as its authority has news. */
  ocspAskAgainMs: 15 * 60_000,
  cardFileMaxBytes: 64 * 1024,
  photoMaxBytes: 4 * 1024 * 1024,
  photoMinSidePx: 240,
  photoMaxSidePx: 8_000,
  uploadMaxBytes: 20 * 1024 ** 3,
  /** How long an unfinished upload is kept after its last part, unless the operator says otherwise. */
  uploadKeepDays: 7,
  /** Of one administrator: the rest waits. */
  uploadsAtOnce: 2,
  importMaxBytes: 64 * 1024 * 1024,
  /** JSON is read in one piece, during which nobody else is served; a whole file comes as CSV. */
  importJsonMaxBytes: 8 * 1024 * 1024,
  importMaxRows: 300_000,
  importMaxFaults: 200,
  /** Files that are received at once by one process: each may be of `importMaxBytes`. */
  exchangeImportsAtOnce: 2,
  exchangeImportsPerMinute: 10,
  exchangeReadsPerMinute: 240,
  exchangePageMaxEvents: 500,
  idempotencyKeyMaxLength: 255,
  partnerNameMaxLength: 100,
  pushTimeoutMs: 10_000,
  /** How long one job pushes before it lets others at the worker. */
  pushTurnMs: 20_000,
  captionsMaxBytes: 1024 * 1024,
  videoMinMs: 10_000,
  videoMaxMs: 2 * 3_600_000,
  videoTitleMaxLength: 200,
  lectureTitleMaxLength: 200,
  withdrawalReasonMaxLength: 500,
  historyMaxEntries: 100,
  fileNameMaxLength: 255,
  segmentMs: 6_000,
  /** How far apart the stills of a video are, about. */
  stillEveryMs: 10_000,
  /** A heartbeat's proof of who reports is renewed after half of it. */
  viewingTokenTtlMs: 4 * 60_000,
  viewingTokenMaxLength: 200,
  /** A player has one heartbeat under way and says it again every few seconds while the server does not answer. */
  heartbeatsUnansweredPerPerson: 20,
  /** More than a person who reloads, comes back and changes devices can come to; a script in a loop gets no further. */
  viewingOpeningsPerMinute: 60,
  /** Any form of words; captions in both languages are the largest. */
  formMaxBytes: 3 * 1024 * 1024,
  textMaxLength: 2_000,
  searchMaxLength: 40,
  /** What a scanner types at the counter: our QR has about 250 characters, others have up to some thousand. */
  scanMaxLength: 8_000,
  /** Why an officer looks at a driver of another commission is asked again after this. */
  lookReasonTtlMs: 30 * 60_000,
  lookWordsMaxLength: 200,
  /** How long after an officer has opened a record its pictures are shown to him. */
  pictureLookMs: 15 * 60_000,
  /** In the figures of an edition: who was there so recently is under way, … */
  underWayMs: 10 * 60_000,
  /** … and who has done nothing for so long is counted as having given up. He may still go on where he stopped. */
  givenUpMs: 14 * 24 * 3_600_000,
} as const;
