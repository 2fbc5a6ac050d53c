package express.polaris.web;

import express.polaris.PolarisExpress;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.RequestReason;
import express.polaris.platform.refusals.Unavailable;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * Calls the handlers of GETs in a snapshot of the database, so that the parts of an answer agree whatever is committed
 * meanwhile. Not those that send their answer themselves, because a slow client would hold the connection; they use
 * {@link Snapshot} for what belongs together.
 */
@Component
class SnapshotHandlers implements WebMvcRegistrations {

    /** Snapshots at the same time: the other connections of the pool are for sync, mails and what people send. */
    private static final int MOST = 10;

    private static final int LONGEST_WAIT_SECONDS = 5;

    private final Snapshot snapshot;
    private final Semaphore turns = new Semaphore(MOST, true);

    SnapshotHandlers(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new RequestMappingHandlerAdapter() {
            @Override
            protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod handler) {
                return readsSnapshot(handler) ? new InSnapshot(handler) : super.createInvocableHandlerMethod(handler);
            }
        };
    }

    private static boolean readsSnapshot(HandlerMethod handler) {
        return handler.getBeanType().getPackageName().startsWith(PolarisExpress.class.getPackageName())
                && handler.hasMethodAnnotation(GetMapping.class)
                && !handler.isVoid()
                && !handler.hasMethodAnnotation(WithoutSnapshot.class);
    }

    /** Only the call itself is in the snapshot; arguments are resolved before, the answer is sent afterwards. */
    private final class InSnapshot extends ServletInvocableHandlerMethod {

        InSnapshot(HandlerMethod handler) {
            super(handler);
        }

        @Override
        protected @Nullable Object doInvoke(@Nullable Object... arguments) throws Exception {
            try {
                return inTurn(() -> snapshot.of(() -> invoked(arguments))).orElse(null);
            } catch (Checked e) {
                throw e.exception;
            }
        }

        private Optional<Object> inTurn(Supplier<Optional<Object>> answer) throws InterruptedException {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Unavailable(RequestReason.BUSY.with());
            }
            try {
                return answer.get();
            } finally {
                turns.release();
            }
        }

        private Optional<Object> invoked(@Nullable Object... arguments) {
            try {
                return Optional.ofNullable(super.doInvoke(arguments));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new Checked(e);
            }
        }
    }

    private static final class Checked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Exception exception;

        Checked(Exception exception) {
            super(exception);
            this.exception = exception;
        }
    }
}
