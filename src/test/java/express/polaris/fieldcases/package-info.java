/**
 * Cases from the field: meter values of real chargers, rebuilt from public reports, with what drivers and operators
 * must see.
 *
 * <p>Each file in the resources of this package is a case: a sequence of states of SteVe, each with its expectations.
 * {@link express.polaris.fieldcases.FieldCase} describes the format.
 */
@NullMarked
package express.polaris.fieldcases;

import org.jspecify.annotations.NullMarked;
