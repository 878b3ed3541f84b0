import { type Html, html } from '../../markup/html.ts'
import type { Language } from '../../messages.ts'
import type { ReviewView } from './review.ts'
import { wordsIn } from './words.ts'

type Filled = ReadonlyMap<string, string> | undefined
type Criterion = NonNullable<ReviewView['request']['checklist']>[number]

/** Criteria to tick, a message, and three answers. */
export function decisionForm(language: Language, { request, path }: ReviewView, filled: Filled): Html {
  const words = wordsIn(language)
  const criteria = request.checklist ?? []
  // The first button is what Enter presses, so there is one that does nothing: nobody answers without wanting to.
  // (Chromium passes over a disabled one; `dialog` without a dialog submits nothing.)
  return html`<form method="post" action="${path}/accept">
<button type="submit" class="none" formmethod="dialog" formnovalidate tabindex="-1" aria-hidden="true"></button>
<h2>${words.criteria}</h2>
${criteria.map((criterion) => criterionFields(language, criterion, filled))}
<h2><label for="reason">${words.message}</label></h2>
<p class="soft" id="reason-help">${words.messageHelp}</p>
<textarea id="reason" name="reason" rows="5" maxlength="2000" required aria-describedby="reason-help">
${filled?.get('reason')}</textarea>
<p class="note">${words.acceptMeans}</p>
<button type="submit" class="chosen" formnovalidate>${words.accept}</button>
<button type="submit" formaction="${path}/return">${words.giveBack}</button>
<button type="submit" class="grave" formaction="${path}/reject">${words.reject}</button>
</form>`
}

function criterionFields(
  language: Language,
  { id, criterion, met, comment }: Criterion,
  filled: Filled,
): Html {
  const words = wordsIn(language)
  const isTicked = filled ? filled.has(`met.${id}`) : met === true
  return html`<fieldset>
<label class="tick"><input type="checkbox" name="met.${id}"${isTicked && html` checked`}><span>${criterion}</span></label>
<label class="small" for="comment.${id}">${words.criterionComment}</label>
<textarea id="comment.${id}" name="comment.${id}" rows="2" maxlength="2000">
${filled?.get(`comment.${id}`) ?? comment}</textarea>
</fieldset>
`
}
