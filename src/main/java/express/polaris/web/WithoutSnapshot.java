package express.polaris.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handler of a GET that does not read one snapshot of the database, because it reads nothing, waits for another system,
 * or writes, as a preview does that undoes its change afterwards. All other handlers of a GET that return their answer
 * read one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithoutSnapshot {}
