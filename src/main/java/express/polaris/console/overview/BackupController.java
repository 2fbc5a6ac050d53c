package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.database.backup.BackupService;
import express.polaris.web.AfterForm;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Begins a backup by hand. */
@Controller
class BackupController {

    private final BackupService backups;
    private final AuditLog audit;

    BackupController(BackupService backups, AuditLog audit) {
        this.backups = backups;
        this.audit = audit;
    }

    @PostMapping("/operator/health/backup")
    ResponseEntity<Void> begin(@SignedInAccount Account operator) {
        audit.record(Optional.of(operator.id()), "backup.run", "database", Map.of());
        var begin = backups.begin();
        return AfterForm.seeOther("/operator/health?done=backup-" + begin.name().toLowerCase(Locale.ROOT) + "#backups");
    }
}
