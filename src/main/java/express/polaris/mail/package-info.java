/**
 * Mail to the people of this installation.
 *
 * <p>Owns: what is still to be sent, when it is tried again, how a mail looks, the SMTP server, the demo's inbox. Does not
 * own: what mails there are and what they say (whoever has a {@link express.polaris.mail.MailWriter}). Invariants: a mail
 * is written at the moment it is sent, so that no secret in it is kept; links begin with the public address of the
 * settings and with nothing else; no log has an address or a mail's text. Times: the server's clock.
 */
@ApplicationModule(allowedDependencies = {"accounts", "settings", "documents"})
@NullMarked
package express.polaris.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
