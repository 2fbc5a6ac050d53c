/**
 * Charge boxes and connectors; remote start and stop.
 *
 * <p>Owns: names, public ids, locations, connector types and limits; each driver's last remote start per connector and
 * card; the remote-start requests from forms. Does not own: sessions, whether a connector is charging (SteVe's API has
 * no connector state), permission to stop a session. Invariants: charge box ids compare ignoring case; a charge box
 * that was seen is never deleted; a start that is repeated within 60 seconds reaches the charger once. Times: {@code
 * requested_at} is the server time of the request.
 */
@InnerPackage(mayUse = "cards")
@NamedInterface
@NullMarked
package express.polaris.stations.chargers;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
