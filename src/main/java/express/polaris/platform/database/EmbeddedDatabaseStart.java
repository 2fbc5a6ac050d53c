package express.polaris.platform.database;

import express.polaris.platform.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Starts the embedded server in its own thread, in parallel with the application context, which takes about as
 * long. The server stops after all of its users, even when the application fails to start.
 */
final class EmbeddedDatabaseStart implements DisposableBean {

    private final FutureTask<EmbeddedDatabase> start;

    private EmbeddedDatabaseStart(Path dataDirectory) {
        start = new FutureTask<>(() -> EmbeddedDatabase.start(dataDirectory));
        Thread.ofPlatform().name("embedded-database").daemon().start(start);
    }

    /**
     * Waits until the server is ready.
     *
     * @throws CompletionException with the cause when it fails to start
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
            // The server failed to start; callers of database() have received the cause.
        }
    }

    /** Begins as soon as the settings are final, before any bean is created. */
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
