package express.polaris.platform.jobs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Runs every scheduled job on a virtual thread of its own. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class JobConfiguration {

    /** More than there are jobs; a waiting virtual thread costs next to nothing. */
    static final int MOST_JOBS = 64;

    private static final int LONGEST_END_SECONDS = 10;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(MOST_JOBS);
        scheduler.setVirtualThreads(true);
        scheduler.setThreadNamePrefix("job-");
        // An interrupt would break the database connection of a job in the middle of its work.
        scheduler.setWaitForTasksToCompleteOnShutdown(true);
        scheduler.setAwaitTerminationSeconds(LONGEST_END_SECONDS);
        return scheduler;
    }
}
