import { dayIn } from './day.ts'
import type { Letters } from './letter.ts'

const day = (time: string) => dayIn('en', time)

/** Plain words; a refusal is about the request, never about the person, and names a way back. */
export const ENGLISH: Letters = {
  copyLink: 'The button does not work? Copy this address into your browser:',
  footer: (sender) =>
    `This message comes from ${sender}, who was given your address for a badge. If it does not concern you, you can ignore it.`,
  templates: {
    'resume-link': ({ badge, link, expires }) => ({
      subject: `Continue your request: badge “${badge}”`,
      title: 'Your request is waiting for you',
      parts: [
        'Hello,',
        `Here is the link to continue your request for the badge “${badge}” where you left it. What you have saved so far is kept.`,
        { button: 'Continue my request', url: link },
        ...(expires
          ? [`Your request is kept until ${day(expires)}. After that day it is erased with its documents.`]
          : []),
        'This link is personal: it opens your request. Give it only to someone you trust and who helps you.',
      ],
    }),
    'request-received': ({ badge, link }, sender) => ({
      subject: `Request received: badge “${badge}”`,
      title: 'Your request has arrived',
      parts: [
        'Hello,',
        `Thank you! Your request for the badge “${badge}” has arrived. Someone will read it for ${sender}.`,
        'You will get the answer at this address. There is nothing else to do for now.',
        ...(link ? [{ button: 'See my request', url: link }] : []),
      ],
    }),
    'referent-question': ({ badge, applicant, structure, link }) => ({
      subject: `Your view on a request for the badge “${badge}”`,
      title: 'Can you confirm this request?',
      parts: [
        'Hello,',
        `${applicant || 'Someone'} asks for the badge “${badge}” and named you as the person who supports them${structure ? ` (${structure})` : ''}.`,
        'Does the request match what you know? One click is enough to answer, and you can add a sentence.',
        { button: 'Answer', url: link },
        'You do not know this person? Please say so too: it helps us.',
        'This link is for you alone: please do not pass it on.',
      ],
    }),
    'review-invitation': ({ badge, link, expires }) => ({
      subject: `A request to read: badge “${badge}”`,
      title: 'A badge request to read',
      parts: [
        'Hello,',
        `You are invited to read a request for the badge “${badge}” and to answer it: accept it, ask for something more, or refuse it and explain why.`,
        { button: 'Read the request', url: link },
        `This link works until ${day(expires)}, and ends once the request is accepted or refused.`,
        'The request holds personal information: please do not pass this link on.',
      ],
    }),
    'request-returned': ({ badge, reason, link }) => ({
      subject: `Something to add to your request: badge “${badge}”`,
      title: 'One more step for your request',
      parts: [
        'Hello,',
        `Thank you for your request for the badge “${badge}”. We read it with care. To be able to answer you, we still need this:`,
        { quote: reason },
        'What you gave so far is kept: add what is missing, then send it again.',
        ...(link
          ? [{ button: 'Complete my request', url: link }]
          : ['To continue, open your request again as you did last time.']),
        'Do you need help? The person who supports you can complete it with you.',
      ],
    }),
    'request-rejected': ({ badge, reason, contact }) => ({
      subject: `The answer to your request: badge “${badge}”`,
      title: 'The answer to your request',
      parts: [
        'Hello,',
        `Thank you for asking for the badge “${badge}”. We read your request with care. This time, we cannot accept it. Here is why:`,
        { quote: reason },
        'This answer is about the request, not about you. You can make a new one whenever you like.',
        contact
          ? `To talk about it, or to prepare a new request: ${contact}`
          : 'The person who supports you can help you prepare it.',
      ],
    }),
    'badge-awarded': ({ badge, name, credentialUrl, imageUrl }, sender) => ({
      subject: `Congratulations, the badge “${badge}” is yours`,
      title: name ? `Congratulations, ${name}!` : 'Congratulations!',
      parts: [
        ...(imageUrl ? [{ image: imageUrl, alt: `Badge “${badge}”` }] : []),
        `${sender} gives you the badge “${badge}”.`,
        'It is yours. You can show it to an employer, add it to your CV or keep it in a digital wallet.',
        { button: 'See my badge', url: `${credentialUrl}.png` },
        'Keep this message: the link lets you find your badge again. The image holds the credential itself: whoever you give it to can have it verified.',
        `For a wallet or a verification: ${credentialUrl}`,
      ],
    }),
  },
}
