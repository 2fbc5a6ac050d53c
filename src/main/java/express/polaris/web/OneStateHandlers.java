package express.polaris.web;

import express.polaris.platform.database.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/** Calls handlers with {@link OneState} in a snapshot of the database. */
@Component
class OneStateHandlers implements WebMvcRegistrations {

    private final Snapshot snapshot;

    OneStateHandlers(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
        return new RequestMappingHandlerAdapter() {
            @Override
            protected ServletInvocableHandlerMethod createInvocableHandlerMethod(HandlerMethod handler) {
                return handler.hasMethodAnnotation(OneState.class)
                        ? new InSnapshot(handler)
                        : super.createInvocableHandlerMethod(handler);
            }
        };
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
