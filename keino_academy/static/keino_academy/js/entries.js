/* The editor of a criterion about taking part: boxes to tick in place of ids of the timeline's entries. */
(() => {
  const { Controller } = window.StimulusModule || {};
  if (!Controller || !window.wagtail?.app) return;

  const timeline = () => document.querySelector('[data-contentpath="timeline"]');

  const field = (child, name) => child.querySelector(`[data-contentpath="${name}"] input`)?.value ?? '';

  /* Entries as [id, date and title], as they stand in the form now. */
  const entries = () =>
    [...(timeline()?.querySelectorAll('[data-contentpath]') ?? [])]
      .filter((child) => /^[0-9a-f-]{36}$/.test(child.dataset.contentpath) && field(child, 'title'))
      .map((child) => [
        child.dataset.contentpath,
        `${field(child, 'date') || field(child, 'first')} ${field(child, 'title')}`,
      ]);

  class EntriesController extends Controller {
    connect() {
      this.list = document.createElement('div');
      this.element.after(this.list);
      this.fill = this.fill.bind(this);
      this.fill();
      document.addEventListener('change', this.fill);
    }

    disconnect() {
      document.removeEventListener('change', this.fill);
      this.list.remove();
      this.element.hidden = false;
    }

    get chosen() {
      return this.element.value.split(/[\s,]+/).filter(Boolean);
    }

    fill(event) {
      if (event && !timeline()?.contains(event.target)) return;
      const found = entries();
      this.element.hidden = found.length > 0;
      this.list.replaceChildren(...found.map(([id, title]) => this.box(id, title)));
    }

    box(id, title) {
      const label = document.createElement('label');
      const input = Object.assign(document.createElement('input'), {
        type: 'checkbox',
        checked: this.chosen.includes(id),
      });
      input.addEventListener('change', () => {
        const others = this.chosen.filter((other) => other !== id);
        this.element.value = (input.checked ? [...others, id] : others).join(' ');
        this.element.dispatchEvent(new Event('change', { bubbles: true }));
      });
      const row = document.createElement('div');
      label.append(input, ` ${title}`);
      row.append(label);
      return row;
    }
  }

  window.wagtail.app.register('ka-entries', EntriesController);
})();
