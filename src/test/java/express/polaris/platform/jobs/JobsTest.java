package express.polaris.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

@ApplicationTest
class JobsTest {

    private final Portal portal;
    private final TaskScheduler scheduler;
    private final ScheduledTaskHolder jobs;

    JobsTest(Portal portal, TaskScheduler scheduler, ScheduledTaskHolder jobs) {
        this.portal = portal;
        this.scheduler = scheduler;
        this.jobs = jobs;
    }

    /** Fails if a job that waits, for a lock or a server, holds up others. */
    @Test
    void aJobThatHangsHoldsUpNoOther() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var hanging = scheduler.scheduleWithFixedDelay(
                () -> {
                    begun.countDown();
                    wait(mayEnd);
                },
                Duration.ofSeconds(1));
        try {
            begun.await();
            var driver = portal.driver();
            portal.browser().post("/sign-in/link", Map.of("email", driver.email()));
            assertThat(MailServer.await(driver.email(), 1).path()).startsWith("/sign-in/link/");
        } finally {
            hanging.cancel(false);
            mayEnd.countDown();
        }
    }

    @Test
    void thereIsAThreadForEveryJob() {
        assertThat(jobs.getScheduledTasks()).hasSizeGreaterThan(10).hasSizeLessThan(JobConfiguration.MOST_JOBS);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
