const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const option = (value: string) => ({ text: plain(value), value });

/** A button that asks first. */
export const CONFIRM_BUTTON = {
  type: 'button',
  action_id: 'confirm-change',
  value: 'A7K2:1',
  style: 'primary',
  text: plain('Confirm'),
  confirm: {
    title: plain('Give Manager?'),
    text: mrkdwn('*Bob Brown* gets Manager.'),
    confirm: plain('Give it'),
    deny: plain('Not now'),
  },
};

/** Blocks of every kind that the page draws, some of them hostile. */
export const EVERY_BLOCK = [
  { type: 'header', text: plain('A change') },
  {
    type: 'section',
    text: mrkdwn('*Bob* and `code` and <https://docs.example/a|docs> and <@U101>\n&gt; quoted'),
    fields: [mrkdwn('*Before*\nStandard'), mrkdwn('*After*\nManager')],
  },
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      CONFIRM_BUTTON,
      { type: 'button', action_id: 'take', style: 'danger', text: plain('Take away'), value: 'x' },
      {
        type: 'static_select',
        action_id: 'pick',
        placeholder: plain('Pick a role'),
        options: [option('Manager'), option('Support')],
      },
      { type: 'overflow', action_id: 'more', options: [option('Show path')] },
    ],
  },
  { type: 'section', text: plain('When'), accessory: { type: 'datepicker', action_id: 'day' } },
  {
    type: 'context',
    elements: [
      mrkdwn('as of 11:14'),
      { type: 'image', alt_text: 'a key', image_url: 'https://pictures.example/key.png' },
    ],
  },
  { type: 'divider' },
  { type: 'alert', level: 'warning', text: plain('Two people could not be seen.') },
  { type: 'alert', level: 'error', text: plain('Nothing was changed.') },
  { type: 'alert', level: 'success', text: plain('Done.') },
  {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'rich', style: { bold: true } }] },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
      },
    ],
  },
  {
    type: 'table',
    rows: [
      [cell('Role'), cell('What a long heading this column has')],
      [cell('Manager'), cell('ReadCompanyCallRecordings')],
    ],
  },
  {
    type: 'data_table',
    caption: 'Super Admins',
    page_size: 2,
    rows: [
      [cell('Person'), cell('Extension')],
      ...['Dave', 'Erin', 'Alice'].map((name, index) => [
        cell(name),
        { type: 'raw_number', value: 104 - index, text: String(104 - index) },
      ]),
    ],
  },
  { type: 'markdown', text: '## Title\n\n- item\n\n| a | b |\n|---|---|\n| 1 | 2 |' },
  { type: 'hologram' },
  {
    type: 'section',
    text: mrkdwn(
      '<script>window.hacked=1</script> <javascript:window.hacked=2|press> <img src=x onerror="window.hacked=3">',
    ),
  },
  { type: 'section', text: plain('"><svg onload=window.hacked=4>') },
];

/** A modal with one input of each kind. */
export const MODAL = {
  id: 'V1',
  type: 'modal',
  title: plain('Give a role'),
  submit: plain('Send'),
  close: plain('Leave'),
  errors: {},
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: plain('Why'),
      hint: plain('A sentence'),
      element: { type: 'plain_text_input', action_id: 'text', initial_value: 'cover' },
    },
    {
      type: 'input',
      block_id: 'role',
      label: plain('Role'),
      element: { type: 'static_select', action_id: 'pick', options: [option('Manager'), option('Support')] },
    },
    { type: 'input', block_id: 'who', label: plain('Person'), element: { type: 'users_select', action_id: 'user' } },
    {
      type: 'input',
      block_id: 'tell',
      optional: true,
      label: plain('Tell'),
      element: { type: 'checkboxes', action_id: 'boxes', options: [option('Them'), option('Me')] },
    },
    {
      type: 'input',
      block_id: 'kind',
      label: plain('Kind'),
      element: { type: 'radio_buttons', action_id: 'radio', options: [option('For good'), option('For a while')] },
    },
    {
      type: 'input',
      block_id: 'until',
      optional: true,
      label: plain('Until'),
      element: { type: 'datepicker', action_id: 'date' },
    },
  ],
};
