package express.polaris.console.overview;

import express.polaris.console.overview.BackupView.Fact;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.database.backup.BackupService;
import express.polaris.platform.database.backup.BackupState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Describes the state of the backups in the operator's language. */
@Component
class BackupViewBuilder {

    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1 << 20);

    private final BackupService backups;

    BackupViewBuilder(BackupService backups) {
        this.backups = backups;
    }

    BackupView view(Texts texts, Format format) {
        return switch (backups.state()) {
            case BackupState.External() ->
                new BackupView(
                        HealthPage.State.OFF,
                        texts.get("health.backups.external"),
                        texts.get("health.backups.external.advice"),
                        List.of(),
                        false);
            case BackupState.Embedded it -> embedded(it, texts, format);
        };
    }

    private BackupView embedded(BackupState.Embedded it, Texts texts, Format format) {
        var facts = facts(it, texts, format);
        boolean canBegin = !it.isRunning();
        if (it.failure().isPresent()) {
            var failure = it.failure().get();
            return new BackupView(
                    HealthPage.State.BAD,
                    texts.get("health.backups.failed", format.dateTime(failure.at()), failure.reason()),
                    texts.get("health.backups.failed.advice"),
                    facts,
                    canBegin);
        }
        var overdue = backups.overdueSince();
        if (overdue.isPresent()) {
            return new BackupView(
                    HealthPage.State.BAD,
                    texts.get("health.backups.overdue", format.dateTime(overdue.get())),
                    texts.get("health.backups.overdue.advice"),
                    facts,
                    canBegin);
        }
        if (it.isRunning()) {
            var state = it.last().isPresent() ? HealthPage.State.GOOD : HealthPage.State.UNCHECKED;
            return new BackupView(state, texts.get("health.backups.running"), "", facts, canBegin);
        }
        if (it.next().isEmpty()) {
            return new BackupView(
                    HealthPage.State.OFF,
                    texts.get("health.backups.off"),
                    texts.get("health.backups.off.advice"),
                    facts,
                    canBegin);
        }
        return it.last()
                .map(last -> new BackupView(
                        HealthPage.State.GOOD,
                        texts.get("health.backups.good", format.dateTime(last.startedAt())),
                        "",
                        facts,
                        canBegin))
                .orElseGet(() -> new BackupView(
                        HealthPage.State.WARNING,
                        texts.get("health.backups.never"),
                        texts.get("health.backups.never.advice"),
                        facts,
                        canBegin));
    }

    private static List<Fact> facts(BackupState.Embedded it, Texts texts, Format format) {
        var facts = new ArrayList<Fact>();
        it.last()
                .ifPresent(last -> facts.add(new Fact(
                        "health.backups.last",
                        texts.get(
                                "health.backups.lastOne",
                                format.dateTime(last.startedAt()),
                                megabytes(last.bytes(), format),
                                format.count(Math.max(1, last.took().toSeconds()))))));
        it.next().ifPresent(next -> facts.add(new Fact("health.backups.next", format.dateTime(next))));
        facts.add(new Fact(
                "health.backups.kept",
                texts.get(
                        "health.backups.keptOnes",
                        texts.count("health.backups.count", it.count()),
                        megabytes(it.bytes(), format))));
        facts.add(new Fact("health.backups.where", it.directory().toString()));
        return facts;
    }

    private static String megabytes(long bytes, Format format) {
        return format.number(BigDecimal.valueOf(bytes).divide(MEGABYTE), 1, 1);
    }
}
