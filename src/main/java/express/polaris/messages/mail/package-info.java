/**
 * Mail to the users of this installation.
 *
 * <p>Owns: the queue of outgoing mails, retries, the look of a mail, the SMTP server, the demo's inbox. Does not own:
 * the kinds of mails and what they say ({@link express.polaris.messages.mail.MailWriter}). Invariants: a mail is
 * written at the moment it is sent, so that no secret in it is stored; links begin with the public URL of the
 * settings, in the demo with localhost; no log contains an address or a mail's text. Times: server time.
 */
@InnerPackage(mayUse = {})
@NamedInterface
@NullMarked
package express.polaris.messages.mail;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
