import './avatar.css'

/** Who works on this tablet: two letters in a circle of 48 px that leads to the person's page. */
export const Avatar = (props: { initials: string; label: string; href: string }) => (
  <a class="avatar" href={props.href} aria-label={props.label}>
    {props.initials}
  </a>
)
