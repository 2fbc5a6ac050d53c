package express.polaris;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a package inside a module and names the other packages of that module that it may use. {@code ModularityTest}
 * enforces it. What the package may use outside of the module is up to the module.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface InnerPackage {

    /** Last names of the packages that may be used; {@code "."} is the module's base package. */
    String[] mayUse();
}
