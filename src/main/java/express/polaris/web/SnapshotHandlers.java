package express.polaris.web;

import express.polaris.PolarisExpress;
import express.polaris.platform.database.Snapshot;
import java.util.Optional;
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

    private final Snapshot snapshot;

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
                return snapshot.of(() -> invoked(arguments)).orElse(null);
            } catch (Checked e) {
                throw e.exception;
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
