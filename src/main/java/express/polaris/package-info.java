@NullMarked
package express.polaris;

import org.jspecify.annotations.NullMarked;
