package express.polaris.billing.tariffs;

import java.time.LocalDate;

/**
 * Holiday: time bands treat the day as a holiday, whatever its day of the week.
 *
 * @param name may be empty
 */
public record Holiday(LocalDate day, String name) {}
