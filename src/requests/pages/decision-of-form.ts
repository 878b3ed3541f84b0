/**
 * The body of a decision, of the fields that `decisionForm` has. A checklist that nobody touched says nothing.
 * @param message the member that the message becomes
 */
export function decisionOfForm(form: ReadonlyMap<string, string>, message: 'comment' | 'reason'): object {
  const fields = [...form]
  const other = fields.filter(([name]) => !CRITERION.test(name) && name !== 'reason')
  const reason = form.get('reason')
  const isTouched = fields.some(([name, value]) => CRITERION.test(name) && value !== '')
  return {
    ...Object.fromEntries(other),
    ...(reason ? { [message]: reason } : {}),
    ...(isTouched ? { checklist: checklistOf(form) } : {}),
  }
}

const CRITERION = /^(?:met|comment)\.(.*)$/s

/** A box that is not ticked sends nothing, but the comment beside it always is there. */
function checklistOf(form: ReadonlyMap<string, string>): object[] {
  const ids = new Set([...form.keys()].flatMap((name) => CRITERION.exec(name)?.[1] ?? []))
  return [...ids].map((id) => {
    const comment = form.get(`comment.${id}`)
    return { id, met: isTicked(form.get(`met.${id}`)), ...(comment ? { comment } : {}) }
  })
}

/** What is neither a box nor a boolean goes on as it is, to be refused. */
function isTicked(value: string | undefined): unknown {
  if (value === 'on' || value === 'true') return true
  return value === undefined || value === '' || value === 'false' ? false : value
}
