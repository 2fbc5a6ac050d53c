package express.polaris.portal;

import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * The way in. A refusal, "signed out" or "a link is on its way" comes as the shell's notice.
 *
 * @param email what was typed before, empty at first
 * @param magicLink whether links by e-mail are offered (an SMTP server is set)
 * @param passkeyOrigin where passkeys work, as browsers write it; empty where there are none
 * @param demoAccounts accounts to try, in the demo only
 */
public record SignInPage(
        Shell shell, String email, boolean magicLink, Optional<String> passkeyOrigin, List<DemoAccount> demoAccounts) {

    /** An account of the demo, signed in with one click. */
    public record DemoAccount(String name, boolean operator, String email, String password) {}
}
