const states = import.meta.glob<boolean>('/messages/*/state.json', { import: 'isReviewed', eager: true });

/** Whether somebody who speaks the language has read its words (`isReviewed` of messages/<language>/state.json). */
export function isReviewed(language: string): boolean {
  return states[`/messages/${language}/state.json`] === true;
}
