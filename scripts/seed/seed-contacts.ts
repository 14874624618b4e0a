import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import type { App } from '#lib/server/app.ts';

/**
 * Contacts for the demo and for tests of pages, which nobody can mistake for real ones: no telephone number in Japan begins with 000, and
 * no host ends in `.example` (RFC 2606). Numbers that a page of the police was read for are replaced too, lest a trial rings there.
 */
export async function seedContacts({ db }: Pick<App, 'db'>): Promise<void> {
  for (const [index, { code }] of COMMISSIONS.entries()) {
    await db
      .updateTable('commission')
      .set({
        phone: `000-0000-${String(index + 1).padStart(4, '0')}`,
        phoneHoursJa: '平日 8時30分〜17時(見本)',
        phoneHoursEn: 'Weekdays 8:30–17:00 (sample)',
        inquiryUrl: `https://inquiry.example/${code}`,
        reservationUrl: `https://reservation.example/${code}/online-lecture-done`,
      })
      .where('code', '=', code)
      .where('phoneHoursJa', 'is', null)
      .execute();
  }
}
