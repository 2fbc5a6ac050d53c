/**
 * Cases from the field: what real chargers sent, rebuilt from public reports, and what drivers and operators must see.
 *
 * <p>Each file in the resources of this package is a case: states of SteVe one after the other, and after each what must
 * hold. {@link express.polaris.fieldcases.FieldCase} explains the form.
 */
@NullMarked
package express.polaris.fieldcases;

import org.jspecify.annotations.NullMarked;
