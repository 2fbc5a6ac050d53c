package express.polaris.accounts.access;

import express.polaris.accounts.SignedIn;
import express.polaris.accounts.ViewingService;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Ends the viewing of a driver's portal. Its path is outside the console, which is unavailable during a viewing. */
@Controller
class ViewAsController {

    private final ViewingService viewings;

    ViewAsController(ViewingService viewings) {
        this.viewings = viewings;
    }

    @PostMapping(ReadOnlyViewingFilter.END)
    ResponseEntity<Void> end(@AuthenticationPrincipal SignedIn who) {
        who.viewing().ifPresent(viewing -> viewings.end(viewing.id(), ViewingService.End.ENDED));
        var next = who.viewing()
                .map(viewing -> ReadOnlyViewingFilter.afterwards(viewing, "viewing-ended"))
                .orElseGet(() -> ReturnAddress.homeOf(who.account()));
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(next))
                .build();
    }
}
