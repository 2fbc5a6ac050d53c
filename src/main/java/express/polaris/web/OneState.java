package express.polaris.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handler of a GET whose answer is of one state of the database: all its statements read one snapshot. The answer is
 * sent afterwards, without a connection. Not for handlers that wait for SteVe or write to the client themselves; those
 * use {@link express.polaris.platform.database.Snapshot} for what belongs together.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneState {}
