package express.polaris.console;

/**
 * Where a label to print is, and what it says.
 *
 * @param href of the SVG
 * @param address what its code says
 * @param fileName to keep it under
 */
public record ChargerLabel(String href, String title, String address, String fileName) {}
