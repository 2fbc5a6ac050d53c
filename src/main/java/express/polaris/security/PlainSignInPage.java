package express.polaris.security;

import express.polaris.security.SignInPage.Failure;
import express.polaris.security.SignInPage.Form;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/** The form without any looks, for an application without a {@link SignInPage}. */
final class PlainSignInPage {

    byte[] html(Form form, HttpServletRequest request) {
        var failure = form.failure()
                .map(why -> switch (why) {
                    case Failure.Wrong() -> "The e-mail address or the password is wrong.";
                    case Failure.TooManyTries(var wait) -> "Too many tries. Wait and try again.";
                })
                .orElse("");
        return """
            <!doctype html><html lang="en"><title>Sign in</title><p role="alert">%s</p>
            <form method="post" action="/sign-in"><input type="hidden" name="%s" value="%s">
            <label>E-mail <input name="email" type="email" value="%s" autocomplete="username"></label>
            <label>Password <input name="password" type="password" autocomplete="current-password"></label>
            <button>Sign in</button></form></html>
            """.formatted(
                        failure,
                        form.csrf().getParameterName(),
                        form.csrf().getToken(),
                        HtmlUtils.htmlEscape(form.email()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
