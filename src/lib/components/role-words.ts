import type { Administrator, CounterOfficer } from '#lib/domain/people/actor.ts';
import { m } from '#lib/paraglide/messages.js';

type Role = (Administrator | CounterOfficer)['kind'];

const ROLES: Readonly<Record<Role, () => string>> = {
  counterOfficer: m.counter_role_counterOfficer,
  administrator: m.counter_role_administrator,
};

export const roleWords = (role: Role): string => ROLES[role]();
