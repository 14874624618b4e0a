import type { SignInMethod } from '../sign-in/proof.ts';

/** By which way in a session began. */
export type SessionMethod = SignInMethod | 'passkey';
