package express.polaris.platform.database;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Lets every transaction run once more after a deadlock, whether a template or an annotation begins it. */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class TransactionConfiguration {

    @Bean
    RetriedTransaction transactionTemplate(PlatformTransactionManager transactions) {
        return new RetriedTransaction(transactions);
    }

    /** Goes around the transaction of {@code @Transactional}, which comes last. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor retriedTransactions() {
        MethodInterceptor retry = invocation -> RetriedTransaction.retried(
                () -> ((ProxyMethodInvocation) invocation).invocableClone().proceed());
        var annotated = AnnotationMatchingPointcut.forMethodAnnotation(Transactional.class);
        var advisor = new DefaultPointcutAdvisor(annotated, retry);
        advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return advisor;
    }
}
