import type { ActorKind } from '#lib/domain/people/actor.ts';
import { m } from '#lib/paraglide/messages.js';

interface Link {
  readonly href: string;
  readonly label: () => string;
}

const SESSIONS: Link = { href: '/sessions', label: m.sessions_nav };
const LINKS: Record<ActorKind, readonly Link[]> = {
  learner: [
    { href: '/lecture', label: m.nav_lecture },
    { href: '/record', label: m.nav_record },
  ],
  counterOfficer: [
    { href: '/counter', label: m.nav_counter },
    { href: '/counter/links', label: m.nav_links },
    SESSIONS,
  ],
  administrator: [
    { href: '/admin', label: m.nav_admin },
    { href: '/admin/videos', label: m.nav_videos },
    { href: '/admin/lectures', label: m.nav_lectures },
    { href: '/admin/register', label: m.nav_register },
    { href: '/admin/officers', label: m.officers_nav },
    { href: '/admin/presence', label: m.presence_nav },
    { href: '/admin/fees', label: m.fees_nav },
    { href: '/admin/contact', label: m.nav_contact },
    { href: '/admin/reports', label: m.report_nav },
    { href: '/admin/audit', label: m.audit_nav },
    SESSIONS,
  ],
};

/** The menu of a signed-in person, in the reader's words: said by the server, so that no page carries the words of other people's menus. */
export const menuOf = (kind: ActorKind | undefined) =>
  kind === undefined ? [] : LINKS[kind].map(({ href, label }) => ({ href, label: label() }));
