import type { CounterOfficer } from '#lib/domain/people/actor.ts';

/** Whether the officer is a supervisor of the commission at whose counter the act was done; of his own, before there was any. */
export const supervises = (
  officer: Pick<CounterOfficer, 'isSupervisor' | 'commissionCode'>,
  act: { readonly commissionCode: string } | undefined,
): boolean => officer.isSupervisor && (act === undefined || act.commissionCode === officer.commissionCode);
