import { describe, expect, it } from 'vitest';
import { announcementAt, type Announcement } from './announcement.ts';

const night: Announcement = {
  kind: 'notice',
  title: { ja: '夜間に休みます', en: 'Closed at night', ko: '야간 휴무' },
  text: { ja: '朝、つづきから見られます。', en: 'Go on in the morning.' },
  from: new Date('2026-11-20T00:00:00Z'),
  until: new Date('2026-11-24T00:00:00Z'),
};
const now = new Date('2026-11-22T03:00:00Z');

describe('an announcement', () => {
  it('is shown from its beginning until its end, and not at the end itself', () => {
    expect(announcementAt(night, new Date('2026-11-19T23:59:59Z'), 'ja')).toBeNull();
    expect(announcementAt(night, night.from!, 'ja')?.title).toBe('夜間に休みます');
    expect(announcementAt(night, night.until!, 'ja')).toBeNull();
  });

  it('without times is shown until somebody takes it away', () => {
    expect(
      announcementAt({ ...night, from: null, until: null }, new Date('2040-01-01'), 'ja'),
    ).not.toBeNull();
  });

  it('is read in one language: whole in one that has both sentences', () => {
    expect(announcementAt(night, now, 'en')).toMatchObject({ language: 'en', title: 'Closed at night' });
    expect(announcementAt(night, now, 'ko')).toMatchObject({ language: 'en', title: 'Closed at night' });
  });

  it('is in Japanese where nobody has written anything else', () => {
    const plain = { ...night, title: { ja: '休み' }, text: { ja: 'あした' } };
    expect(announcementAt(plain, now, 'ur')).toMatchObject({ language: 'ja', title: '休み', text: 'あした' });
  });
});
