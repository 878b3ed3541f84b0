/**
 * The one thing that a reader who never heard of credentials is told of a badge, with what to do, most severe first.
 * `{issuer}` is a name with the id that it can be told by; `{en}` and `{fr}` are a day in words.
 */
export const OVERALL_OF_BADGE = {
  'open-badges-2': {
    en: 'This is a badge of the older format Open Badges 2.0 or before, which is not checked here: it is not necessarily false. Check it with its issuer, or ask for it as Open Badges 3.0.',
    fr: 'C’est un badge à l’ancien format Open Badges 2.0 ou antérieur, qui n’est pas vérifié ici : cela ne veut pas dire qu’il est faux. Vérifiez-le auprès de son émetteur, ou demandez-le au format Open Badges 3.0.',
  },
  'not-a-badge': {
    en: 'No Open Badges 3.0 badge was found in what you handed in. Ask the person for the original file: a screenshot, or an image that was sent through a messaging app, no longer holds the badge.',
    fr: 'Aucun badge Open Badges 3.0 n’a été trouvé dans ce que vous avez remis. Demandez à la personne le fichier d’origine : une capture d’écran, ou une image passée par une messagerie, ne contient plus le badge.',
  },
  'not-found': {
    en: 'There is no badge at this address: check the link, or ask for the file.',
    fr: 'Aucun badge ne se trouve à cette adresse : vérifiez le lien, ou demandez le fichier.',
  },
  'other-credential': {
    en: 'This is a digital credential, but not an Open Badges 3.0 badge. Ask the person for the badge itself.',
    fr: 'C’est une attestation numérique, mais pas un badge Open Badges 3.0. Demandez à la personne le badge lui-même.',
  },
  'not-signed': {
    en: 'This badge is not signed: anybody could have written it. Ask the person for the signed version.',
    fr: 'Ce badge n’est pas signé : n’importe qui a pu l’écrire. Demandez à la personne la version signée.',
  },
  altered: {
    en: 'The signature does not match the content: this badge was altered after it was issued, or is false. Do not rely on it, and ask the person for the original.',
    fr: 'La signature ne correspond pas au contenu : ce badge a été modifié après son émission, ou il est faux. Ne vous y fiez pas et demandez l’original à la personne.',
  },
  'signed-by-another': {
    en: 'This badge names {issuer} as its issuer, but was not signed with a key that this issuer stands by. Do not rely on it unless the issuer confirms it.',
    fr: 'Ce badge nomme {issuer} comme émetteur, mais n’a pas été signé avec une clé que celui-ci reconnaît. Ne vous y fiez pas, sauf si cet émetteur vous le confirme.',
  },
  revoked: {
    en: 'The issuer has revoked this badge: it is no longer valid. Do not rely on it; the issuer can tell you more.',
    fr: 'L’émetteur a révoqué ce badge : il n’est plus valable. Ne vous y fiez pas ; l’émetteur peut vous en dire plus.',
  },
  suspended: {
    en: 'The issuer has suspended this badge: it is not valid at the moment. Check it again later, or ask the issuer.',
    fr: 'L’émetteur a suspendu ce badge : il n’est pas valable en ce moment. Vérifiez-le de nouveau plus tard, ou interrogez l’émetteur.',
  },
  expired: {
    en: 'This badge is no longer valid{en}. Ask the person whether there is a more recent one.',
    fr: 'Ce badge n’est plus valable{fr}. Demandez à la personne s’il en existe un plus récent.',
  },
  'not-yet-valid': {
    en: 'This badge is not valid before {en}. Do not rely on it until then, and check it again on that day.',
    fr: 'Ce badge n’est pas valable avant le {fr} : ne vous y fiez pas d’ici là, et vérifiez-le de nouveau à cette date.',
  },
  malformed: {
    en: 'This badge does not follow the Open Badges 3.0 standard, so it cannot be relied on as it is. Ask its issuer for one that does.',
    fr: 'Ce badge ne suit pas la norme Open Badges 3.0 : on ne peut pas s’y fier tel quel. Demandez à son émetteur un badge conforme.',
  },
  'not-verifiable': {
    en: 'This badge could not be checked from here: it is not necessarily false. Ask its issuer to confirm it.',
    fr: 'Ce badge n’a pas pu être vérifié d’ici : cela ne veut pas dire qu’il est faux. Demandez confirmation à son émetteur.',
  },
  'valid-issuer-unconfirmed': {
    en: 'This badge is intact and currently valid, but nothing proves that it really comes from the issuer that it names, {issuer}. Ask that issuer before you rely on it, at an address that you find yourself and not at the one in the badge.',
    fr: 'Ce badge est intact et en cours de validité, mais rien ne prouve qu’il vient bien de l’émetteur qu’il nomme, {issuer}. Avant de vous y fier, demandez-lui confirmation, à une adresse que vous trouvez vous-même et non à celle que donne le badge.',
  },
  'valid-issuer-unknown': {
    en: 'This badge is intact and currently valid, but this service does not know its issuer, which calls itself {issuer}. Check with this issuer that the badge is theirs, at an address that you find yourself and not at the one in the badge.',
    fr: 'Ce badge est intact et en cours de validité, mais ce service ne connaît pas son émetteur, qui se présente comme {issuer}. Vérifiez auprès de cet émetteur que le badge vient bien de lui, à une adresse que vous trouvez vous-même et non à celle que donne le badge.',
  },
  valid: {
    en: 'This badge is genuine and currently valid. It was issued by {issuer}. Make sure that it was awarded to the person who presents it.',
    fr: 'Ce badge est authentique et en cours de validité. Il a été émis par {issuer}. Assurez-vous qu’il a été décerné à la personne qui vous le présente.',
  },
} as const

/** The same of an endorsement, where it differs. */
export const OVERALL_OF_ENDORSEMENT = {
  'not-a-badge': {
    en: 'What stands here is no endorsement: leave it aside.',
    fr: 'Ce qui se trouve ici n’est pas une recommandation : n’en tenez pas compte.',
  },
  'not-signed': {
    en: 'This endorsement is not signed: anybody could have written it. Leave it aside.',
    fr: 'Cette recommandation n’est pas signée : n’importe qui a pu l’écrire. N’en tenez pas compte.',
  },
  altered: {
    en: 'The signature does not match the content: this endorsement was altered, or is false. Leave it aside.',
    fr: 'La signature ne correspond pas au contenu : cette recommandation a été modifiée, ou elle est fausse. N’en tenez pas compte.',
  },
  'signed-by-another': {
    en: 'This endorsement names {issuer} as its author, but was not signed with a key that this author stands by. Leave it aside.',
    fr: 'Cette recommandation nomme {issuer} comme auteur, mais n’a pas été signée avec une clé que celui-ci reconnaît. N’en tenez pas compte.',
  },
  revoked: {
    en: 'The author has withdrawn this endorsement: it no longer counts.',
    fr: 'L’auteur a retiré cette recommandation : elle ne compte plus.',
  },
  suspended: {
    en: 'The author has suspended this endorsement: it does not count at the moment.',
    fr: 'L’auteur a suspendu cette recommandation : elle ne compte pas en ce moment.',
  },
  expired: {
    en: 'This endorsement is no longer valid{en}.',
    fr: 'Cette recommandation n’est plus valable{fr}.',
  },
  'not-yet-valid': {
    en: 'This endorsement is not valid before {en}.',
    fr: 'Cette recommandation n’est pas valable avant le {fr}.',
  },
  'about-another': {
    en: 'This endorsement is about something other than what it stands in: leave it aside.',
    fr: 'Cette recommandation porte sur autre chose que ce à quoi elle est jointe : n’en tenez pas compte.',
  },
  malformed: {
    en: 'This endorsement does not follow the Open Badges 3.0 standard, so it cannot be relied on as it is.',
    fr: 'Cette recommandation ne suit pas la norme Open Badges 3.0 : on ne peut pas s’y fier telle quelle.',
  },
  'not-verifiable': {
    en: 'This endorsement could not be checked from here: it is not necessarily false. Ask its author to confirm it.',
    fr: 'Cette recommandation n’a pas pu être vérifiée d’ici : cela ne veut pas dire qu’elle est fausse. Demandez confirmation à son auteur.',
  },
  'valid-issuer-unconfirmed': {
    en: 'This endorsement is intact and currently valid, but nothing proves that it really comes from the author that it names, {issuer}. Ask that author before you rely on it.',
    fr: 'Cette recommandation est intacte et en cours de validité, mais rien ne prouve qu’elle vient bien de l’auteur qu’elle nomme, {issuer}. Demandez-lui confirmation avant de vous y fier.',
  },
  'valid-issuer-unknown': {
    en: 'This endorsement is intact and currently valid, but this service does not know its author, which calls itself {issuer}. Check with this author that the endorsement is theirs.',
    fr: 'Cette recommandation est intacte et en cours de validité, mais ce service ne connaît pas son auteur, qui se présente comme {issuer}. Vérifiez auprès de cet auteur qu’elle vient bien de lui.',
  },
  valid: {
    en: 'This endorsement is genuine and currently valid. Its author: {issuer}.',
    fr: 'Cette recommandation est authentique et en cours de validité. Auteur : {issuer}.',
  },
} as const

/** What is added where something of a valid one stays open. */
export const RESERVATIONS = {
  status: {
    en: 'Whether it has been revoked could not be checked.',
    fr: 'Une éventuelle révocation n’a pas pu être vérifiée.',
  },
  'other-list': {
    en: 'It is not revoked, by a list that somebody other than its issuer keeps.',
    fr: 'Il n’est pas révoqué, selon une liste que tient un autre que son émetteur.',
  },
  remark: {
    en: 'Its issuer has given it a status of its own: see the single checks.',
    fr: 'Son émetteur lui a donné un statut particulier : voyez le détail des vérifications.',
  },
  newer: {
    en: 'There is a newer version of it: ask for that one.',
    fr: 'Il en existe une version plus récente : demandez-la.',
  },
  endorsers: {
    en: 'Of endorsements in it, nothing proves who wrote them.',
    fr: 'Pour des recommandations jointes, rien ne prouve qui en est l’auteur.',
  },
  endorsements: {
    en: 'Endorsements in it could not be confirmed: leave those aside.',
    fr: 'Des recommandations jointes n’ont pas pu être confirmées : n’en tenez pas compte.',
  },
} as const
