package express.polaris.cards;

/** One fault in what was given: the field by its name in the JSON API, and what would be right. */
public record CardFault(String field, String message) {}
