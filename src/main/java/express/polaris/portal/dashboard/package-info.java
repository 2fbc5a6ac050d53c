/**
 * Dashboard: active session, billing period, latest sessions and invoices.
 */
@InnerPackage(mayUse = {".", "sessions"})
@NamedInterface
@NullMarked
package express.polaris.portal.dashboard;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
