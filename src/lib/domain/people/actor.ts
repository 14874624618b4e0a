declare const authenticated: unique symbol;

/**
 * Who acts. Only server/sessions makes these, from a valid session, so an operation that takes one
 * cannot be called for somebody who has not signed in.
 */
interface Authenticated {
  readonly [authenticated]: true;
}

/** 受講者: signed in with the certificate of his card. */
export interface Learner extends Authenticated {
  readonly kind: 'learner';
  readonly driverId: string;
  readonly credentialId: string;
  /** Names the session without giving it away. */
  readonly sessionIdSha256: string;
}

/** 窓口職員: signed in with a passkey, at one office. */
export interface CounterOfficer extends Authenticated {
  readonly kind: 'counterOfficer';
  readonly officerId: string;
  readonly name: string;
  readonly commissionCode: string;
  readonly officeId: string;
  /** 監督者: decides what a colleague cannot tell, and sees what went wrong at the counter. */
  readonly isSupervisor: boolean;
  readonly sessionIdSha256: string;
}

/** 管理者: signed in with a passkey, of one commission. */
export interface Administrator extends Authenticated {
  readonly kind: 'administrator';
  readonly officerId: string;
  readonly name: string;
  readonly commissionCode: string;
  readonly sessionIdSha256: string;
}

export type Actor = Learner | CounterOfficer | Administrator;
export type ActorKind = Actor['kind'];

/** To be called by server/sessions alone (and by tests that need a person without a browser). */
export function authenticate<A extends Actor>(actor: Omit<A, keyof Authenticated>): A {
  return actor as A;
}
