import { dayIn } from './day.ts'
import type { Letters } from './letter.ts'

const day = (time: string) => dayIn('fr', time)

/** Plain words and vous; a refusal is about the request, never about the person, and names a way back. */
export const FRENCH: Letters = {
  copyLink: 'Le bouton ne marche pas ? Copiez cette adresse dans votre navigateur :',
  footer: (sender) =>
    `${sender} vous envoie ce message parce que votre adresse lui a été donnée pour un badge. Si cela ne vous concerne pas, vous pouvez l’ignorer.`,
  templates: {
    'resume-link': ({ badge, link, expires }) => ({
      subject: `Retrouver votre demande : badge « ${badge} »`,
      title: 'Votre demande vous attend',
      parts: [
        'Bonjour,',
        `Voici le lien pour retrouver votre demande de badge « ${badge} » là où elle en est. Ce que vous avez déjà enregistré est gardé.`,
        { button: 'Retrouver ma demande', url: link },
        ...(expires
          ? [
              `Votre demande est gardée jusqu’au ${day(expires)}. Après cette date, elle est effacée avec ses documents.`,
            ]
          : []),
        'Ce lien est personnel : il ouvre votre demande. Ne le donnez qu’à une personne de confiance qui vous aide.',
      ],
    }),
    'request-received': ({ badge, link }, sender) => ({
      subject: `Demande bien reçue : badge « ${badge} »`,
      title: 'Votre demande est bien arrivée',
      parts: [
        'Bonjour,',
        `Merci ! Votre demande de badge « ${badge} » est bien arrivée. Une personne va la lire pour ${sender}.`,
        'Vous recevrez la réponse à cette adresse. Pour l’instant, vous n’avez rien d’autre à faire.',
        ...(link ? [{ button: 'Voir ma demande', url: link }] : []),
      ],
    }),
    'referent-question': ({ badge, applicant, structure, link }) => ({
      subject: `Votre avis sur une demande de badge « ${badge} »`,
      title: 'Pouvez-vous confirmer cette demande ?',
      parts: [
        'Bonjour,',
        `${applicant || 'Une personne'} demande le badge « ${badge} » et vous a indiqué·e comme la personne qui l’accompagne${structure ? ` (${structure})` : ''}.`,
        'Ce qui est demandé correspond-il à ce que vous connaissez ? Un clic suffit pour répondre, et vous pouvez ajouter une phrase.',
        { button: 'Répondre', url: link },
        'Vous ne connaissez pas cette personne ? Dites-le aussi, cela nous aide.',
        'Ce lien vous est réservé : merci de ne pas le transmettre.',
      ],
    }),
    'review-invitation': ({ badge, link, expires }) => ({
      subject: `Une demande à lire : badge « ${badge} »`,
      title: 'Une demande de badge à lire',
      parts: [
        'Bonjour,',
        `Vous êtes invité·e à lire une demande de badge « ${badge} » et à y répondre : l’accepter, demander un complément, ou la refuser en expliquant pourquoi.`,
        { button: 'Lire la demande', url: link },
        `Ce lien est valable jusqu’au ${day(expires)} ; il ne fonctionne plus une fois la demande acceptée ou refusée.`,
        'La demande contient des informations personnelles : merci de ne pas transmettre ce lien.',
      ],
    }),
    'request-returned': ({ badge, reason, link }) => ({
      subject: `Un complément pour votre demande : badge « ${badge} »`,
      title: 'Encore une étape pour votre demande',
      parts: [
        'Bonjour,',
        `Merci pour votre demande de badge « ${badge} ». Nous l’avons lue avec attention. Pour pouvoir vous répondre, nous avons encore besoin de ceci :`,
        { quote: reason },
        'Ce que vous avez déjà donné est gardé : ajoutez ce qui manque, puis envoyez à nouveau.',
        ...(link
          ? [{ button: 'Compléter ma demande', url: link }]
          : ['Pour continuer, rouvrez votre demande comme la dernière fois.']),
        'Besoin d’aide ? La personne qui vous accompagne peut la compléter avec vous.',
      ],
    }),
    'request-rejected': ({ badge, reason, contact }) => ({
      subject: `Réponse à votre demande : badge « ${badge} »`,
      title: 'La réponse à votre demande',
      parts: [
        'Bonjour,',
        `Merci d’avoir demandé le badge « ${badge} ». Nous avons lu votre demande avec attention. Cette fois, nous ne pouvons pas l’accepter. Voici pourquoi :`,
        { quote: reason },
        'Cette réponse porte sur la demande, pas sur vous. Vous pouvez en faire une nouvelle quand vous le souhaitez.',
        contact
          ? `Pour en parler, ou pour préparer une nouvelle demande : ${contact}`
          : 'La personne qui vous accompagne peut vous aider à la préparer.',
      ],
    }),
    'badge-awarded': ({ badge, name, credentialUrl, claimUrl, expires, imageUrl }, sender) => ({
      subject: `Félicitations, le badge « ${badge} » est à vous`,
      title: name ? `Félicitations, ${name} !` : 'Félicitations !',
      parts: [
        ...(imageUrl ? [{ image: imageUrl, alt: `Badge « ${badge} »` }] : []),
        `${sender} vous remet le badge « ${badge} ». Il est à vous : montrez-le à un employeur, ajoutez-le à votre CV.`,
        { button: 'Récupérer mon badge', url: claimUrl },
        `Ce lien est valable jusqu’au ${day(expires)}. Il est personnel : merci de ne pas le transmettre.`,
        { heading: 'Pas de portefeuille numérique ? Ce n’est pas grave' },
        'Votre badge est aussi une image, qui reste à vous après cette date. Enregistrez-la et montrez-la à qui vous voulez : la preuve est dans l’image, et toute personne à qui vous la donnez peut la faire vérifier.',
        { link: 'Voir mon badge en image', url: `${credentialUrl}.png` },
        'Gardez ce message : il vous permet de retrouver votre badge.',
      ],
    }),
    'claim-code': ({ badge, code, expires }) => ({
      subject: `Le code de votre badge « ${badge} »`,
      title: 'Le code de votre badge',
      parts: [
        'Bonjour,',
        `Quand vous ajoutez le badge « ${badge} » à votre portefeuille numérique, celui-ci vous demande un code. Le voici :`,
        { code },
        `Il est valable jusqu’au ${day(expires)}. Le lien vers votre badge vous est envoyé séparément.`,
        'Ce code est personnel : ne le communiquez à personne, et ne le tapez que dans votre portefeuille.',
      ],
    }),
    'claim-link': ({ badge, claimUrl, expires, imageUrl }) => ({
      subject: `Votre nouveau lien : badge « ${badge} »`,
      title: 'Voici votre nouveau lien',
      parts: [
        ...(imageUrl ? [{ image: imageUrl, alt: `Badge « ${badge} »` }] : []),
        'Bonjour,',
        `Le lien pour récupérer votre badge « ${badge} » avait expiré, et un nouveau a été demandé. Le voici :`,
        { button: 'Récupérer mon badge', url: claimUrl },
        `Ce lien est valable jusqu’au ${day(expires)}. Il est personnel : merci de ne pas le transmettre.`,
        'Ce n’est pas vous qui l’avez demandé ? Vous n’avez rien à faire : votre badge est toujours à vous.',
      ],
    }),
  },
}
