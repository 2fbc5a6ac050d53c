package express.polaris.portal.signin;

import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * Sign-in page. Its notice reports a refusal, "signed out" or "a link is on its way".
 *
 * @param email address typed before; empty at first
 * @param magicLink whether links by e-mail are offered, which needs an SMTP server
 * @param passkeyOrigin origin at which passkeys work, as browsers write it; empty if passkeys are not available
 * @param singleSignOn label of the button that leads to the issuer; empty if there is none
 * @param demoAccounts accounts to try, in the demo only
 */
public record SignInPage(
        Shell shell,
        String email,
        boolean magicLink,
        Optional<String> passkeyOrigin,
        Optional<String> singleSignOn,
        List<DemoAccount> demoAccounts) {

    /** Demo account, signed in with one click. */
    public record DemoAccount(String name, boolean operator, String email, String password) {}
}
