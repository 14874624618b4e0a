import { formatDateTime } from '#lib/components/format-date.ts';
import { roleWords } from '#lib/components/role-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { OfficerView } from '#lib/server/officers/list-officers.ts';

/** What is shown of an officer in the list and on the officer's own page, in this order. */
export function officerFacts(officer: OfficerView): { term: string; description: string }[] {
  return [
    { term: m.officers_column_role(), description: postWords(officer) },
    { term: m.officers_column_office(), description: officeName(officer.office) },
    { term: m.officers_column_state(), description: stateWords(officer) },
    {
      term: m.officers_column_passkeys(),
      description: m.officers_passkeys_count({ count: officer.passkeyCount }),
    },
    {
      term: m.officers_column_last(),
      description:
        officer.lastSignedInAt === null
          ? m.officers_never()
          : formatDateTime(officer.lastSignedInAt, getLocale()),
    },
  ];
}

function postWords({ role, isSupervisor }: OfficerView): string {
  return isSupervisor ? m.officers_role_supervisor() : roleWords(role);
}

export function officeName(office: OfficerView['office']): string {
  if (office === null) return m.officers_whole_commission();
  return getLocale() === 'ja' ? office.nameJa : office.nameEn;
}

function stateWords({ state, invitedUntil, disabledAt }: OfficerView): string {
  const at = (instant: Date | null) => (instant === null ? '' : formatDateTime(instant, getLocale()));
  switch (state) {
    case 'active':
      return m.officers_state_active();
    case 'invited':
      return m.officers_state_invited({ until: at(invitedUntil) });
    case 'notInvited':
      return m.officers_state_notInvited();
    case 'disabled':
      return m.officers_state_disabled({ since: at(disabledAt) });
  }
}
