package express.polaris.platform.database;

import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what is wrong with the schema and what to do, instead of a stack trace. */
class UnusableSchemaAnalyzer extends AbstractFailureAnalyzer<UnusableSchema> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSchema cause) {
        return new FailureAnalysis(Objects.toString(cause.getMessage(), ""), cause.remedy(), cause);
    }
}
