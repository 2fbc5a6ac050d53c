package express.polaris.accounts.access;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Resolves handler parameters annotated with {@link SignedInAccount} to the signed-in account. */
@Configuration(proxyBeanMethods = false)
class AccountArgumentResolver implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(SignedInAccount.class);
    }

    /**
     * @throws IllegalStateException in a handler that is open to anonymous requests
     */
    @Override
    public Account resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication who) {
            return who.getPrincipal().account();
        }
        throw new IllegalStateException("No account is signed in for " + parameter.getExecutable());
    }
}
