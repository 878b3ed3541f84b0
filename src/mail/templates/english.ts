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
    'badge-awarded': ({ badge, name, credentialUrl, claimUrl, expires, imageUrl }, sender) => ({
      subject: `Congratulations, the badge “${badge}” is yours`,
      title: name ? `Congratulations, ${name}!` : 'Congratulations!',
      parts: [
        ...(imageUrl ? [{ image: imageUrl, alt: `Badge “${badge}”` }] : []),
        `${sender} gives you the badge “${badge}”. It is yours: show it to an employer, or add it to your CV.`,
        { button: 'Get my badge', url: claimUrl },
        `This link works until ${day(expires)}. It is for you alone: please do not pass it on.`,
        { heading: 'No digital wallet? No problem' },
        'Your badge is also an image, which stays yours after that day. Save it and show it to whom you like: the proof is inside the image, and whoever you give it to can have it verified.',
        { link: 'See my badge as an image', url: `${credentialUrl}.png` },
        'Keep this message: by it you can find your badge again.',
      ],
    }),
    'claim-code': ({ badge, code, expires }) => ({
      subject: `The code for your badge “${badge}”`,
      title: 'The code for your badge',
      parts: [
        'Hello,',
        `When you add the badge “${badge}” to your digital wallet, the wallet asks you for a code. Here it is:`,
        { code },
        `It works until ${day(expires)}. The link to your badge comes another way.`,
        'This code is for you alone: do not tell it to anybody, and type it only in your wallet.',
      ],
    }),
    'claim-link': ({ badge, claimUrl, expires, imageUrl }) => ({
      subject: `Your new link: badge “${badge}”`,
      title: 'Here is your new link',
      parts: [
        ...(imageUrl ? [{ image: imageUrl, alt: `Badge “${badge}”` }] : []),
        'Hello,',
        `The link to get your badge “${badge}” had expired, and a new one was asked for. Here it is:`,
        { button: 'Get my badge', url: claimUrl },
        `This link works until ${day(expires)}. It is for you alone: please do not pass it on.`,
        'You did not ask for it? Then there is nothing to do: your badge is still yours.',
      ],
    }),
  },
}
