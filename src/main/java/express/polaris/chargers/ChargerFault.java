package express.polaris.chargers;

/** One fault in what was given: the field by its name in the JSON API, and what would be right. */
public record ChargerFault(String field, String message) {}
