/**
 * The portal's own version.
 *
 * <p>Owns: the version that the build wrote. Does not own: the version of the API or of the schema. Times: none.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.platform.version;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
