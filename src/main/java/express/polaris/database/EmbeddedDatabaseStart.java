package express.polaris.database;

import express.polaris.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * The embedded server on its way: it starts in a thread of its own while the application gathers its parts, which takes
 * about as long. It stops after everything that uses it, also when the application does not come up.
 */
final class EmbeddedDatabaseStart implements DisposableBean {

    private final FutureTask<EmbeddedDatabase> start;

    private EmbeddedDatabaseStart(Path dataDirectory) {
        start = new FutureTask<>(() -> EmbeddedDatabase.start(dataDirectory));
        Thread.ofPlatform().name("embedded-database").daemon().start(start);
    }

    /**
     * Waits until the server answers.
     *
     * @throws CompletionException with the reason why it does not
     */
    EmbeddedDatabase database() {
        try {
            return start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded database was starting", e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    @Override
    public void destroy() throws Exception {
        try {
            database().close();
        } catch (CompletionException e) {
            // It did not start, which whoever asked for it has heard already.
        }
    }

    /** Begins as soon as the settings are final, and before any bean is made. */
    static final class OnPreparation implements ApplicationListener<ApplicationPreparedEvent> {

        private static final String BEAN = "embeddedDatabaseStart";

        @Override
        public void onApplicationEvent(ApplicationPreparedEvent event) {
            var context = event.getApplicationContext();
            if (DatabaseConfiguration.ExternalDatabase.isGiven(context.getEnvironment())) {
                return;
            }
            var settings = SettingsLoader.settings(context.getEnvironment());
            var start = new EmbeddedDatabaseStart(settings.dataDirectory());
            var beans = (DefaultListableBeanFactory) context.getBeanFactory();
            beans.registerSingleton(BEAN, start);
            beans.registerDisposableBean(BEAN, start);
        }
    }
}
