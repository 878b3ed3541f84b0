import t from 'tap'
import { modelFaults } from '../../../src/vc/model/credential.ts'
import { presentationFaults } from '../../../src/vc/model/presentation.ts'
import { MODEL_CASES } from '../../support/vcdm-cases.ts'

for (const { title, kind, good, bad } of MODEL_CASES) {
  const faultsOf = kind === 'credential' ? modelFaults : presentationFaults
  t.test(title, async (t) => {
    for (const document of good) t.same(faultsOf(document), [], `holds: ${JSON.stringify(document)}`)
    for (const [document, ...faults] of bad)
      t.same(
        faultsOf(document),
        faults.map(([path, code]) => ({ path, code })),
        `is broken: ${JSON.stringify(document)}`,
      )
  })
}
