package express.polaris.portal;

import express.polaris.web.Pages;
import org.springframework.stereotype.Component;

/** What every controller of pages needs. */
@Component
record PageKit(Pages pages, Shells shells, Underway underway, Places places) {}
