import t from 'tap'
import { suggestAddress } from '../../src/mail/suggest-address.ts'

const SUGGESTED: [string, string][] = [
  ['jean@gmial.com', 'jean@gmail.com'],
  ['jean@gamil.com', 'jean@gmail.com'],
  ['jean@gmal.com', 'jean@gmail.com'],
  ['jean@gmaill.com', 'jean@gmail.com'],
  ['jean@gmail.con', 'jean@gmail.com'],
  ['jean@gmail.co', 'jean@gmail.com'],
  ['jean@gmail.cmo', 'jean@gmail.com'],
  ['jean@gmail.fr', 'jean@gmail.com'],
  ['Jean.Du+x@GMIAL.com', 'Jean.Du+x@gmail.com'],
  ['jean@hotmial.fr', 'jean@hotmail.fr'],
  ['jean@hotmal.com', 'jean@hotmail.com'],
  ['jean@homtail.fr', 'jean@hotmail.fr'],
  ['jean@orange.f', 'jean@orange.fr'],
  ['jean@orange.rf', 'jean@orange.fr'],
  ['jean@ornage.fr', 'jean@orange.fr'],
  ['jean@wanado.fr', 'jean@wanadoo.fr'],
  ['jean@wandoo.fr', 'jean@wanadoo.fr'],
  ['jean@laposte.ne', 'jean@laposte.net'],
  ['jean@lapsote.net', 'jean@laposte.net'],
  ['jean@yaho.fr', 'jean@yahoo.fr'],
  ['jean@yahou.fr', 'jean@yahoo.fr'],
  ['jean@outlok.com', 'jean@outlook.com'],
  ['jean@free.f', 'jean@free.fr'],
  ['jean@sfr.ft', 'jean@sfr.fr'],
  ['jean@gmail,com', 'jean@gmail.com'],
  ['jean@gmial,com', 'jean@gmail.com'],
  ['jean@x..fr', 'jean@x.fr'],
  ['jean@@x.fr', 'jean@x.fr'],
  ['jean@x.fr.', 'jean@x.fr'],
  ['jean@x.fr;', 'jean@x.fr'],
  ['jean dupont@x.fr', 'jeandupont@x.fr'],
  ['jean.dupontgmail.com', 'jean.dupont@gmail.com'],
  ['jean.dupont.orange.fr', 'jean.dupont@orange.fr'],
  ['jean(at)x.fr', 'jean@x.fr'],
  ['jean [at] x.fr', 'jean@x.fr'],
  ['jean arobase x.fr', 'jean@x.fr'],
  ['Jean Dupont <jean@x.fr>', 'jean@x.fr'],
  ['"Dupont, Jean" <jean@x.fr>', 'jean@x.fr'],
  ['<jean@x.fr>', 'jean@x.fr'],
  ['mailto:jean@x.fr', 'jean@x.fr'],
]

t.test('the address that was probably meant', async (t) => {
  for (const [email, suggestion] of SUGGESTED) t.equal(suggestAddress(email), suggestion, email)
})

t.test('a domain that may well be real is left alone', async (t) => {
  const usual =
    'gmail.com yahoo.fr hotmail.com outlook.fr orange.fr wanadoo.fr free.fr sfr.fr laposte.net live.fr'
  const near =
    'mail.com email.com ymail.com gmx.fr gmx.de gmx.net live.com live.be hotmail.be hotmail.it hotmail.gr hotmail.co.uk ' +
    'outlook.be outlook.dk outlook.com.br yahoo.ca yahoo.co.jp orange.com orange.be laposte.fr ffr.fr afr.fr free.ar ' +
    'tree.fr grange.fr cloud.com me.com aol.com protonmail.ch googlemail.com neuf.com gail.com'
  const others =
    'siae-gironde.example insertion-plus.example inae.fr pole-emploi.fr francetravail.fr ac-bordeaux.fr gironde.fr ' +
    'u-bordeaux.fr gouv.fr emmaus.org emmaus-france.org croix-rouge.fr secours-catholique.org x.fr'
  for (const domain of `${usual} ${near} ${others}`.split(' ')) {
    t.equal(suggestAddress(`jean.dupont@${domain}`), undefined, domain)
  }
})

t.test('no suggestion is better than a bad one', async (t) => {
  for (const text of [
    '',
    '@',
    'jean',
    'jean@',
    '@gmail.com',
    'gmail.com',
    'jean@x',
    'néant',
    'a@b@c',
    '06 12 34 56 78',
  ]) {
    t.equal(suggestAddress(text), undefined, text)
  }
})
