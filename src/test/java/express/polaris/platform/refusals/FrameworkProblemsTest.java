package express.polaris.platform.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpHeaders;

class FrameworkProblemsTest {

    @Test
    void whoIsInTheWayOfOthersMayTryAgainAndIsNotToldOfAnError() {
        var deadlock = new CannotAcquireLockException("deadlock detected");
        assertThat(FrameworkProblems.of(deadlock).status()).isEqualTo(503);
        assertThat(FrameworkProblems.headers(deadlock).getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("1");
    }
}
